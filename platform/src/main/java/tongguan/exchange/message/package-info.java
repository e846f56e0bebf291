/** What every kind of message becomes when it is read: facts, or a reason why not. */
@org.jspecify.annotations.NullMarked
package tongguan.exchange.message;
