/**
 * HTTP/1.1 and TLS 1.3 as the steward speaks them: to the platform, and between it and browsers.
 */
@org.jspecify.annotations.NullMarked
package tongguan.steward.wire;
