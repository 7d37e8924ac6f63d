package org.pagereel.server.faces.im;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Kinds of groups, by the vendor's older words; the newer ones are the same kinds. */
public enum GroupType {
  PRIVATE("Private", "Work", true),
  PUBLIC("Public", "Public", true),
  CHAT_ROOM("ChatRoom", "Meeting", true),
  AV_CHAT_ROOM("AVChatRoom", "AVChatRoom", false);

  private final String word;
  private final String newerWord;
  private final boolean keepsMessages;

  GroupType(String word, String newerWord, boolean keepsMessages) {
    this.word = word;
    this.newerWord = newerWord;
    this.keepsMessages = keepsMessages;
  }

  boolean keepsMessages() {
    return keepsMessages;
  }

  /**
   * The field {@code Type}.
   *
   * @throws ImError there is no such kind
   */
  static GroupType of(Body body) {
    String type = body.requiredText("Type", 30);
    for (GroupType one : values()) {
      if (one.word.equals(type) || one.newerWord.equals(type)) {
        return one;
      }
    }
    String words = Arrays.stream(values()).map(one -> one.word).collect(Collectors.joining(", "));
    throw body.wrong("Type", words);
  }
}
