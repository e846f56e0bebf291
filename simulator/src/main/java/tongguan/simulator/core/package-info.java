/**
 * Core systems of the test world: each a process of its own with its own state, accounts, latency,
 * outages and refusals. What they speak is real; what they decide is play.
 */
@org.jspecify.annotations.NullMarked
package tongguan.simulator.core;
