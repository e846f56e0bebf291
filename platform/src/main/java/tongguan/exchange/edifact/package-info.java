/**
 * UN/EDIFACT in: a transmission is split into messages, a message into segments, segments into
 * facts.
 */
@org.jspecify.annotations.NullMarked
package tongguan.exchange.edifact;
