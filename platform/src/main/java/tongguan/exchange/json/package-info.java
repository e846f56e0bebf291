/** The platform's own JSON messages: split, held against their schemas, turned into facts. */
@org.jspecify.annotations.NullMarked
package tongguan.exchange.json;
