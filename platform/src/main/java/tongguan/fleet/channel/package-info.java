/**
 * What the platform and its devices say to each other: commands, answers, contact, held streams.
 */
@org.jspecify.annotations.NullMarked
package tongguan.fleet.channel;
