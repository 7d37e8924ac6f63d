/** Signatures of users of Tencent's apps, TLSSigAPIv2 (reference: tencent.md, 4.3). */
@NullMarked
package org.pagereel.server.usersig;

import org.jspecify.annotations.NullMarked;
