/**
 * The platform's own authority: keys and certificates of devices, and how a device gets its first.
 */
@org.jspecify.annotations.NullMarked
package tongguan.fleet.authority;
