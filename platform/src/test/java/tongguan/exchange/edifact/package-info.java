@org.jspecify.annotations.NullMarked
package tongguan.exchange.edifact;
