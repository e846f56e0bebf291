/**
 * Examination records 驗貨資料庫: what officers find in goods, by a form, with photos and with what was
 * found before.
 */
@org.jspecify.annotations.NullMarked
package tongguan.examination;
