@org.jspecify.annotations.NullMarked
package tongguan.fleet.channel;
