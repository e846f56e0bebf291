@org.jspecify.annotations.NullMarked
package tongguan.base.xml;
