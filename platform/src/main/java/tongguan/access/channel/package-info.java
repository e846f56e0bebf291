/** The routes that devices ask by themselves, and what officers do by way of them. */
@org.jspecify.annotations.NullMarked
package tongguan.access.channel;
