/** PostgreSQL: where it is, how it gets its shape, and how work reaches it. */
@org.jspecify.annotations.NullMarked
package tongguan.base.database;
