/** Message files and their way to a platform: cut into transmissions, sent, answered. */
@org.jspecify.annotations.NullMarked
package tongguan.exchange.sending;
