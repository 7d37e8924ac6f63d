/** The face of Tencent's TIW API 2019-09-19, real-time recording (docs/vendors/tencent.md). */
@NullMarked
package org.pagereel.server.faces.tencent;

import org.jspecify.annotations.NullMarked;
