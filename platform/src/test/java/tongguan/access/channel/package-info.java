@org.jspecify.annotations.NullMarked
package tongguan.access.channel;
