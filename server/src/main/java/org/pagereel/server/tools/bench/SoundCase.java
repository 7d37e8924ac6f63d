package org.pagereel.server.tools.bench;

/** A page whose sound is measured, and how late or early it may be beside its picture. */
public enum SoundCase {
  TONE("steady tone", "bench/tone.html?", -1, 0),
  VIDEO("A/V <video>", "bench/ways.html?way=video&", 0, 25),
  WEBRTC("A/V WebRTC", "bench/ways.html?way=webrtc&", 1, 45),
  AUDIO("A/V Web Audio", "bench/ways.html?way=audio&", 2, 40),
  OUTPUT("A/V output time", "bench/ways.html?way=output&", 3, 40);

  private final String title;
  private final String path;
  private final int column;
  private final int limitMillis;

  SoundCase(String title, String path, int column, int limitMillis) {
    this.title = title;
    this.path = path;
    this.column = column;
    this.limitMillis = limitMillis;
  }

  public String title() {
    return title;
  }

  /** Whether it holds a tone; else it flashes and beeps. */
  public boolean isTone() {
    return column < 0;
  }

  /** The limit of the 95th percentile of |beep - flash| may be. */
  int limitMillis() {
    return limitMillis;
  }

  /**
   * The page's path with its query.
   *
   * @param run the name by which it tells that it plays
   */
  String path(String run) {
    return path + "run=" + run;
  }

  /** The middle of the patch that flashes, at 1920x1080 ({@code width:height:x:y}). */
  String flash() {
    return "160:100:%d:490".formatted(480 * column + 160);
  }
}
