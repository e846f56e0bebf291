/** The sea clearance system: EDIFACT in files over SFTP. */
@org.jspecify.annotations.NullMarked
package tongguan.core.sea;
