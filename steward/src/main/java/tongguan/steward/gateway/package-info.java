/** The way of the officer's browser to the platform: from loopback, over the device's own TLS. */
@org.jspecify.annotations.NullMarked
package tongguan.steward.gateway;
