package org.pagereel.server.faces.classes;

/**
 * What became of a group's messages.
 *
 * @param messages so many are in the file
 * @param holes so many numbers have no message
 */
public record WrittenMessages(long messages, long holes) {}
