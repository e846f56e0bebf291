/** What every room needs that asks someone outside: whom to believe, and when to leave off. */
@org.jspecify.annotations.NullMarked
package tongguan.base.outbound;
