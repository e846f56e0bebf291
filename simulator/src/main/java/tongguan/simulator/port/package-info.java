/** Ships, containers, yards and gates, and what carriers and terminals report of them. */
@org.jspecify.annotations.NullMarked
package tongguan.simulator.port;
