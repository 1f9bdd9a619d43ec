/** What stands under a message without being part of it: signatures, device lines, disclaimers. */

const LINE = 300;
const DISCLAIMER =
  /intended (?:solely |only )?for the (?:use of the |named )?(?:individual|addressee|recipient|person)|if you are not the (?:intended|named) (?:recipient|addressee)|(?:e-?mail|message) (?:and any|and its) attachments?|(?:e-?mail|message) (?:is|are|may be|may contain) .{0,40}confidential|consider the environment before|本邮件及(?:其)?附件|本(?:电子)?邮件.{0,20}(?:保密|机密)|本郵件.{0,20}(?:保密|機密)|(?:如果)?(?:您|你)(?:错误|误)(?:地)?收(?:到|取)(?:了)?(?:本|此)|并非(?:本邮件|指定)的?(?:预期)?收件人|若您並非|打印(?:本邮件)?前请考虑环境|请勿(?:直接)?回复(?:此|本)邮件/i;
const MAILING =
  /(?:click here to|to|can) unsubscribe(?: from)?|unsubscribe\s*[|·]|view (?:this (?:e-?mail|message) )?in (?:your )?browser|(?:update|manage) (?:your )?(?:e-?mail )?preferences|如需退订|点击(?:此处)?退订|退订请|取消订阅\s*[|·]/i;
const DEVICE =
  /^(?:sent (?:from|via) (?:my |mail for |the )?[\w .'-]{2,40}|get outlook for \w{2,10}.*|(?:发|來|来)自(?:我的)?\s?.{1,30}|(?:从|從)我的\s?.{1,20}(?:发送|傳送).{0,4}|由\s?.{1,20}(?:发送|傳送))[.。]?$/i;
const DELIMITER = /^(?:--|—|__)\s*$/;
/** Only a farewell, not thanks, which may be all a message says. */
const FAREWELL =
  /^(?:(?:with )?(?:best|kind|warm|many)(?: regards| wishes)?|regards|yours(?: sincerely| faithfully| truly)?|sincerely(?: yours)?|cheers|all the best|此致(?:敬礼)?|敬礼|敬禮|祝好|祝商祺|顺颂商祺|顺祝商祺|順頌商祺|敬上|商祺)\s*[,，.。!！~～]?$/i;
const THANKS =
  /^(?:(?:many )?thanks(?: (?:again|a lot|in advance))?|thank you(?: (?:again|very much|in advance))?|thx|谢谢(?:您|你)?|多谢|感谢|謝謝(?:您|你)?)\s*[,，.。!！~～]?$/i;
const CONTACT_LINE =
  /^[\s|*]*(?:tel|t|m|p|f|e|phone|mobile|mob|cell|fax|office|direct|e-?mail|web|website|address|电话|手机|传真|邮箱|电邮|地址|网址|微信|電話|手機|傳真|郵箱|信箱|地址|網址|qq)\s*[:：.|]|^[\s|]*(?:https?:\/\/|www\.)\S{3,200}\s*$|^[\s|]*[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,60}[\s|]*$|^[\s|]*\+?[\d ()/.-]{7,24}[\s|]*$/i;
const SENTENCE_END = /[.!?。！？…]["'”’)]?\s*$/;
/** Lines of a signature at most, and characters in one of them. */
const SIGNATURE_LINES = 10;
const SIGNATURE_WIDTH = 90;

/** Paragraphs of legal or mailing-list text gone, wherever they stand. */
export function dropDisclaimers(lines: readonly string[]): { lines: string[]; found: boolean } {
  const kept: string[] = [];
  let found = false;
  let dropping = false;
  for (const raw of lines) {
    const line = raw.slice(0, LINE);
    if (line.trim() === '') dropping = false;
    const starts = DISCLAIMER.test(line);
    if (starts || MAILING.test(line)) {
      found = true;
      // A notice wrapped over several lines belongs together.
      dropping = starts;
      continue;
    }
    if (!dropping) kept.push(raw);
  }
  return { lines: kept, found };
}

/** Everything from the signature on gone. Words of thanks stay: they are part of what was said. */
export function dropSignature(lines: readonly string[]): { lines: string[]; found: boolean } {
  const trimmed = [...lines];
  const dropBlank = (): void => {
    while (trimmed.length > 0 && trimmed.at(-1)?.trim() === '') trimmed.pop();
  };
  dropBlank();
  const before = trimmed.length;
  const from = Math.max(1, trimmed.length - SIGNATURE_LINES - 2);
  for (let i = from; i < trimmed.length; i++) {
    const line = (trimmed[i] ?? '').slice(0, LINE).trim();
    if (DELIMITER.test(line) || DEVICE.test(line)) {
      trimmed.length = i;
      break;
    }
    const thanks = THANKS.test(line);
    if ((FAREWELL.test(line) || thanks) && isSignature(trimmed.slice(i + 1))) {
      trimmed.length = thanks ? i + 1 : i;
      break;
    }
  }
  dropBlank();
  dropContactBlock(trimmed);
  dropBlank();
  return { lines: trimmed, found: trimmed.length < before };
}

/** Short lines that end like no sentence. */
const isSignature = (lines: readonly string[]): boolean => {
  const said = lines.filter((line) => line.trim() !== '');
  return (
    said.length <= SIGNATURE_LINES &&
    said.every(
      (line) =>
        line.length <= SIGNATURE_WIDTH &&
        (!SENTENCE_END.test(line) ||
          FAREWELL.test(line.trim()) ||
          CONTACT_LINE.test(line) ||
          /\b(?:inc|ltd|co|corp)\.\s*$/i.test(line)),
    )
  );
};

/** Telephone numbers and addresses at the end, and the name and title above two or more of them. */
function dropContactBlock(lines: string[]): void {
  let end = lines.length;
  let contacts = 0;
  while (end > 1) {
    const line = (lines[end - 1] ?? '').slice(0, LINE);
    if (line.trim() !== '' && !CONTACT_LINE.test(line)) break;
    if (line.trim() !== '') contacts++;
    end--;
  }
  if (contacts === 0) return;
  if (contacts >= 2)
    for (let names = 0; names < 3 && end > 1; names++) {
      const line = (lines[end - 1] ?? '').trim();
      if (line.length === 0 || line.length > 45 || SENTENCE_END.test(line)) break;
      end--;
    }
  // A single number under a message may be what the message is about.
  if (contacts >= 2) lines.length = end;
}
