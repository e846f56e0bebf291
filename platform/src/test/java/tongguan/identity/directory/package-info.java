@org.jspecify.annotations.NullMarked
package tongguan.identity.directory;
