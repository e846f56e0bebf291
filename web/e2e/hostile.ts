/** Texts that have hurt screens before: markup, templates, formulas, formats, direction marks, marks without width, sheer length. */
const MARKUP = [
  '<script>ran=1</script>', '"><script>ran=1</script>', "'><script>ran=1</script>", '</title><script>ran=1</script>', '</textarea><script>ran=1</script>',
  '<img src=x onerror=ran=1>', '<svg onload=ran=1>', '<svg><script>ran=1</script></svg>', '<body onload=ran=1>', '<iframe srcdoc="<script>parent.ran=1</script>">',
  '<a href="javascript:ran=1">x</a>', '<details open ontoggle=ran=1>', '<video><source onerror=ran=1>', '<input autofocus onfocus=ran=1>', '<marquee onstart=ran=1>',
  '<math><mtext><table><mglyph><style><img src=x onerror=ran=1>', '<object data="javascript:ran=1">', '<embed src="javascript:ran=1">', '<base href="//evil.example/">',
  '<link rel=stylesheet href="//evil.example/x.css">', '<meta http-equiv=refresh content="0;url=//evil.example">', '<form action="//evil.example"><button>', '<style>*{display:none}</style>',
  '<!--<img src="--><img src=x onerror=ran=1>', '<template><script>ran=1</script></template>', '<noscript><p title="</noscript><img src=x onerror=ran=1>">', '" onmouseover="ran=1', "' onfocus='ran=1", '` onclick=`ran=1',
]
const TEMPLATES = ['{{constructor.constructor("ran=1")()}}', '${ran=1}', '{@html "<script>ran=1</script>"}', '{ran=1}', '<%= ran=1 %>', '#{ran=1}', '[[ran=1]]', '{n}', '{key}', '{{}}', '%{x}', '$&$1$`']
const FORMATS = ['%s%s%s%s%n', '%x%x%x%x', '%p', '%99999d', '{0}{1}{2}', '\\u003cscript\\u003e', '&lt;script&gt;', '&#60;script&#62;', '%3Cscript%3E', '\\x3cscript', '+ADw-script+AD4-', 'null', 'undefined', 'NaN', 'true', '[object Object]', '__proto__', 'constructor', 'toString']
const FORMULAS = ['=1+1', '=cmd|"/c calc"!A1', '+1+1', '-1+1', '@SUM(1)', '=HYPERLINK("//evil.example")', '\t=1+1']
const QUOTES = ["O'Neill & Sons \"Ltd\"", "'; drop table declaration; --", '" or ""="', '\\', '\\"', '/*', '-->', ']]>', '<![CDATA[x]]>', '?>', '../../../etc/passwd', 'C:\\CON', 'a\u2028b', 'a\u2029b']
const DIRECTIONS = ['\u202Egnp.exe\u202C', '\u202Eabc', '\u2066abc', '\u2067שלום', '\u2068x\u2069', 'مرحبا بالعالم', 'שלום עולם', '\u200Fabc\u200E', 'abc \u202D123', '\u061Cabc', 'ABC \u202Eﺪﻤﺤﻣ 123']
const UNSEEN = ['a\u200Bb\u200Bc', '\u200D\u200D\u200Dx', '\uFEFFx', 'x\u2060y', '\u00ADsoft\u00AD', '\u3164x', 'x\u180Ey', 'Z\u0351\u036B\u0343\u0363\u0361'.repeat(20), '👩‍👩‍👧‍👦'.repeat(30), '𠮷野家', '𪚥𪚥𪚥', '\u{1F1F9}\u{1F1FC}', 'ﷺﷺﷺ', '𒐫𒐫𒐫', 'Ⅷ㈱㍿', 'ＡＢＣ１２３']
const LONG = ['W'.repeat(200), 'i'.repeat(200), '貨'.repeat(200), 'A-'.repeat(100), 'a b '.repeat(50), '.'.repeat(200), '\u00A0'.repeat(199) + 'x', '한'.repeat(150), 'ก็'.repeat(90), '<b>'.repeat(60), '0'.repeat(200), '　'.repeat(100) + '末']

export const hostile = (): string[] => [...MARKUP, ...TEMPLATES, ...FORMATS, ...FORMULAS, ...QUOTES, ...DIRECTIONS, ...UNSEEN, ...LONG]
