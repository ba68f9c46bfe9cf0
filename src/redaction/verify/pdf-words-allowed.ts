/** 我们写的 PDF 里会有的名称；此外的一概不该有。 */
export const ALLOWED_NAMES = new Set(
  'Type Page Pages Parent MediaBox Resources XObject P Font F Contents Subtype Image Width Height ColorSpace DeviceGray DeviceRGB BitsPerComponent Filter FlateDecode DCTDecode Length Catalog Lang ViewerPreferences DisplayDocTitle Kids Count Title Type0 BaseFont Blank Encoding Identity-H DescendantFonts ToUnicode CIDFontType2 CIDSystemInfo Registry Ordering Supplement FontDescriptor DW CIDToGIDMap Identity FontName Flags FontBBox ItalicAngle Ascent Descent CapHeight StemV FontFile2 Length1 Size Root Info'.split(
    ' ',
  ),
)

/** 常见的夹带，各有说法。 */
export const SMUGGLED: readonly (readonly [RegExp, string])[] = [
  [/^(EmbeddedFiles?|Filespec|EF|AF|Collection)$/, '附件'],
  [/^(Annots?|Popup|FreeText|Redact|Square|Highlight|Stamp|Ink|Link)$/, '批注（遮盖只是盖在上面的批注）'],
  [/^(JavaScript|JS|OpenAction|AA|Launch|URI)$/, '脚本或动作'],
  [/^(AcroForm|XFA|Widget|Sig)$/, '表单'],
  [/^(Metadata|XML|PieceInfo|LastModified)$/, '元数据'],
  [/^(Author|Subject|Keywords|Creator|Producer|CreationDate|ModDate)$/, '文件属性'],
  [/^(Outlines|Dests|Names)$/, '书签'],
  [/^(OCProperties|OCGs?|OCMD)$/, '图层'],
  [/^(ObjStm|XRef|Prev|XRefStm)$/, '压缩或旧版的对象'],
  [/^(CropBox|TrimBox|BleedBox|ArtBox)$/, '裁切的页面（裁掉的部分还在）'],
  [/^(Encrypt)$/, '加密'],
  [/^(Form|Pattern|Shading|ExtGState|Thumb|Alternates|SMask)$/, '图形或缩略图'],
  [/^(Type1|TrueType|Type3|CIDFontType0|FontFile3?)$/, '可以复制的文字'],
]

/** 我们写的 PDF 里会有的字符串：语言、字体登记名、标题「已遮盖」。 */
export const ALLOWED_STRINGS = new Set(['(zh-CN)', '(Adobe)', '(Identity)', '<feff5df2906e76d6>'])
