/** From where a request comes: network zone, APN session, SIM, device, steward, as rows of now. */
@org.jspecify.annotations.NullMarked
package tongguan.access.source;
