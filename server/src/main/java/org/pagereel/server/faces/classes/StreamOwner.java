package org.pagereel.server.faces.classes;

/**
 * The group and the user of a recorded stream.
 *
 * @param user empty if not known
 */
record StreamOwner(String group, String user) {}
