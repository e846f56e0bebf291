/** Devices in the field before the platform as it runs in production: each a process of its own. */
@org.jspecify.annotations.NullMarked
package tongguan.bench.field;
