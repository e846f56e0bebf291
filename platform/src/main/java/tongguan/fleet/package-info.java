/**
 * Devices and SIMs: the registry, the keys that prove a device, what it is told and what it
 * answers.
 */
@NullMarked
package tongguan.fleet;

import org.jspecify.annotations.NullMarked;
