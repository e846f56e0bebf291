/** RADIUS as bytes (RFC 2865, 2866, 2869, 5176): no bytes make it throw, none go unchecked. */
@NullMarked
package tongguan.access.radius.wire;

import org.jspecify.annotations.NullMarked;
