package org.pagereel.server.faces.classes;

/**
 * What became of a group's messages.
 *
 * @param messages the number in the file
 * @param holes the count of numbers without a message
 */
public record WrittenMessages(long messages, long holes) {}
