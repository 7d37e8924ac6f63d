/**
 * The face of Tencent's instant messaging, as far as a class needs it: groups and the messages that
 * were sent to them (docs/vendors/tencent.md, "Message calls"); and a client that pulls the same
 * from the vendor.
 */
@NullMarked
package org.pagereel.server.faces.im;

import org.jspecify.annotations.NullMarked;
