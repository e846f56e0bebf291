/** The way in over HTTP: log-in, the session, and one's own things. */
@org.jspecify.annotations.NullMarked
package tongguan.access.door;
