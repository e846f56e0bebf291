/** The air clearance system: REST over mutual TLS. */
@org.jspecify.annotations.NullMarked
package tongguan.core.air;
