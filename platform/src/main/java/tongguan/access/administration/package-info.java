/** The administration of units, accounts, roles and policy over HTTP. */
@org.jspecify.annotations.NullMarked
package tongguan.access.administration;
