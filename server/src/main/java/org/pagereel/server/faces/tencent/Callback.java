package org.pagereel.server.faces.tencent;

/**
 * Where an app's events go, and the key that signs them; empty texts for what is not set.
 *
 * @param url http or https
 */
record Callback(String url, String key) {
  static final Callback NONE = new Callback("", "");
}
