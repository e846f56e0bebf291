/** The one place where XML is read. */
@org.jspecify.annotations.NullMarked
package tongguan.base.xml;
