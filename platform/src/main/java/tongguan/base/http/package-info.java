/**
 * The web server and what every room's routes share. Nothing outside this package knows which
 * server it is.
 */
@org.jspecify.annotations.NullMarked
package tongguan.base.http;
