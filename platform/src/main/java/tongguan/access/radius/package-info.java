/**
 * The operator's gateways and we: who gets onto the private APN (RADIUS), who is on it by now, and
 * the order to cut someone off it.
 */
@NullMarked
package tongguan.access.radius;

import org.jspecify.annotations.NullMarked;
