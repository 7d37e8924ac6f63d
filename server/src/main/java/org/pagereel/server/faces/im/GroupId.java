package org.pagereel.server.faces.im;

import java.security.SecureRandom;

/** Ids of groups: the caller's own, or one that is made up here. */
public final class GroupId {
  private static final int MAX_BYTES = 48;
  private static final String FORM = "[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?";
  private static final String MADE_UP = "@TGS#";
  private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int LENGTH = 9;

  private final SecureRandom random = new SecureRandom();

  /**
   * The field {@code GroupId} of a call about a group that is there.
   *
   * @throws ImError 10004: there is none; 10015: there can be no such id
   */
  static String of(Body body) {
    return of(body, "GroupId");
  }

  /** The same of a field with another name. */
  public static String of(Body body, String name) {
    if (!body.has(name)) {
      throw body.wrong(name, "the id of a group");
    }
    String allowed = "1 to " + MAX_BYTES + " visible ASCII characters";
    if (!body.field(name).isString()) {
      throw body.wrong(ImCode.BAD_GROUP_ID, name, allowed);
    }
    String id = body.field(name).stringValue();
    if (id.length() > MAX_BYTES || !id.matches(FORM)) {
      throw body.wrong(ImCode.BAD_GROUP_ID, name, allowed);
    }
    return id;
  }

  /**
   * The same of a group that is to be made: not one of those that only a server makes up.
   *
   * @throws ImError 10015
   */
  static String ofNew(Body body) {
    String id = of(body);
    if (id.startsWith(MADE_UP)) {
      throw body.wrong(ImCode.BAD_GROUP_ID, "GroupId", "ids that do not begin with " + MADE_UP);
    }
    return id;
  }

  String next() {
    StringBuilder id = new StringBuilder(MADE_UP);
    for (int i = 0; i < LENGTH; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
