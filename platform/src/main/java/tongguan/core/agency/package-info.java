/** Other agencies that give permits: SOAP 1.1 over HTTPS. */
@org.jspecify.annotations.NullMarked
package tongguan.core.agency;
