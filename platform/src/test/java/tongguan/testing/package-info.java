/** What tests of several rooms share: a real database, a real platform, a client. */
@org.jspecify.annotations.NullMarked
package tongguan.testing;
