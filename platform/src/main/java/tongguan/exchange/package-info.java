/**
 * Inbound messages: stored as they came, then read, then applied to the record; what cannot be
 * applied waits with a reason.
 */
@org.jspecify.annotations.NullMarked
package tongguan.exchange;
