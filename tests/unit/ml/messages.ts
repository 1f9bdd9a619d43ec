/** Messages written for the tests: what arrives, and what the person meant to say. */

export interface Arrived {
  readonly name: string;
  readonly raw: string;
  readonly meant: string;
}

export const ENGLISH: readonly Arrived[] = [
  {
    name: 'a reply over Gmail’s quotation',
    raw: 'Still broken after the update, please call me.\n\nOn Mon, Mar 2, 2026 at 10:21 AM Support <help@shop.example.test> wrote:\n\n> Dear Ana,\n> have you tried the update?\n> Kind regards',
    meant: 'Still broken after the update, please call me.',
  },
  {
    name: 'the quoting line wrapped over three lines',
    raw: 'Yes, both lamps.\n\nOn Monday, 2 March 2026, at 10:21,\nThe Very Helpful Support Team of Example Ltd\n<help@shop.example.test> wrote:\nDid both lamps fail?',
    meant: 'Yes, both lamps.',
  },
  {
    name: 'answers written between the quoted lines',
    raw: 'On 2 Mar 2026, at 10:21, Support wrote:\n> Which colour?\nThe white one.\n> Which floor?\nThird.',
    meant: 'The white one.\nThird.',
  },
  {
    name: 'Outlook’s original message',
    raw: 'Please cancel order A-1044.\r\n\r\n-----Original Message-----\r\nFrom: Support\r\nSent: Monday, March 2, 2026\r\nTo: Ana\r\nSubject: Your order\r\n\r\nYour order is on its way.',
    meant: 'Please cancel order A-1044.',
  },
  {
    name: 'Outlook’s header block without a divider',
    raw: 'The invoice is wrong again.\n\n________________________________\nFrom: Billing <billing@shop.example.test>\nSent: 02 March 2026 09:00\nTo: Ana Reyes\nSubject: Invoice 77\n\nAttached is your invoice.',
    meant: 'The invoice is wrong again.',
  },
  {
    name: 'a forwarded message without a word of one’s own keeps its words',
    raw: '---------- Forwarded message ---------\nFrom: Lee <lee@customer.example.test>\nDate: Mon, Mar 2, 2026\nSubject: chair\nTo: Ana\n\nThe armrest came off.',
    meant: 'The armrest came off.',
  },
  {
    name: 'signature after two dashes',
    raw: 'Could you send the manual?\n-- \nAna Reyes\nHead of Facilities\nExample Ltd',
    meant: 'Could you send the manual?',
  },
  {
    name: 'farewell, name, title, telephone',
    raw: 'When will the desk arrive?\n\nBest regards,\nAna Reyes\nFacility Manager | Example Ltd\nPhone: +49 30 5550100\nwww.example.test',
    meant: 'When will the desk arrive?',
  },
  {
    name: 'thanks stays, the name below goes',
    raw: 'The technician was great.\nThanks,\nAna',
    meant: 'The technician was great.\nThanks,',
  },
  {
    name: 'thanks in the middle is no signature',
    raw: 'Thanks\nbut the chair is still broken and nobody has called me back.',
    meant: 'Thanks\nbut the chair is still broken and nobody has called me back.',
  },
  {
    name: 'sent from a telephone',
    raw: 'It does not switch on!\n\nSent from my iPhone',
    meant: 'It does not switch on!',
  },
  {
    name: 'a legal notice over several lines',
    raw: 'Please refund me.\n\nThis e-mail and any attachments are confidential and intended solely for the\nuse of the individual to whom it is addressed. If you are not the intended\nrecipient, delete it.',
    meant: 'Please refund me.',
  },
  {
    name: 'asking to be unsubscribed is not small print',
    raw: 'Please unsubscribe me from everything.\n\nClick here to unsubscribe from this list',
    meant: 'Please unsubscribe me from everything.',
  },
  {
    name: 'a telephone number that is the message stays',
    raw: 'Call me on this number:\n+49 30 5550100',
    meant: 'Call me on this number:\n+49 30 5550100',
  },
  {
    name: 'HTML with styles, a tracking pixel and Gmail’s quotation',
    raw: '<html><head><style>p{color:red}</style></head><body><p>The <b>lamp</b> flickers &amp; hums.</p><p>See https://shop.example.test/p/7?utm_source=mail&amp;utm_id=99</p><img src="https://track.example.test/o.gif?id=9" width="1"><div class="gmail_quote">On Mon, Mar 2, 2026 at 10:21 AM Support &lt;help@shop.example.test&gt; wrote:<br><blockquote>Dear Ana, how are you?</blockquote></div></body></html>',
    meant: 'The lamp flickers & hums.\nSee https://shop.example.test/p/7',
  },
  {
    name: 'a subject line of a reply',
    raw: 'RE: Fwd: Broken chair\nIt creaks.',
    meant: 'Broken chair\nIt creaks.',
  },
  {
    name: 'a help desk’s reply marker',
    raw: 'Solved, you can close it.\n##- Please type your reply above this line -##\nTicket 55 was updated.',
    meant: 'Solved, you can close it.',
  },
  { name: 'an angle bracket is no HTML', raw: 'a < b and c > d', meant: 'a < b and c > d' },
];

export const CHINESE: readonly Arrived[] = [
  {
    name: '带“写道”的引用',
    raw: '更新后还是不行，请给我打电话。\n\n在 2026年3月2日 周一 10:21，客服 <help@shop.example.test> 写道：\n\n> 您好，\n> 请问您更新了吗？',
    meant: '更新后还是不行，请给我打电话。',
  },
  {
    name: '网易式引用，时间在前',
    raw: '两盏灯都坏了。\n\n\n\n在 2026-03-02 10:21:33，"客服中心" <help@shop.example.test> 写道：\n请问两盏都坏了吗？',
    meant: '两盏灯都坏了。',
  },
  {
    name: '姓名在前的引用',
    raw: '是白色的。\n\n客服 <help@shop.example.test> 于2026年3月2日周一 10:21写道：\n请问是什么颜色？',
    meant: '是白色的。',
  },
  {
    name: '发件人开头的信头',
    raw: '发票又开错了。\n\n发件人： 财务部 <billing@shop.example.test>\n发送时间： 2026年3月2日 9:00\n收件人： 王芳\n主题： 发票 77\n\n附件是您的发票。',
    meant: '发票又开错了。',
  },
  {
    name: '原始邮件分隔线',
    raw: '请取消订单 A-1044。\n------------------ 原始邮件 ------------------\n发件人: "客服";\n发送时间: 2026年3月2日(星期一) 上午9:00\n\n您的订单已发货。',
    meant: '请取消订单 A-1044。',
  },
  {
    name: '只有转发内容时保留原文',
    raw: '---------- 转发邮件 ----------\n发件人：李雷\n日期：2026年3月2日\n主题：椅子\n\n扶手掉了。',
    meant: '扶手掉了。',
  },
  {
    name: '繁體信頭',
    raw: '請問什麼時候到貨？\n\n寄件者: 客服\n寄件日期: 2026年3月2日\n收件者: 陳小姐\n主旨: 訂單\n\n已出貨。',
    meant: '請問什麼時候到貨？',
  },
  {
    name: '祝好加姓名、职务、电话',
    raw: '桌子什么时候到？\n\n祝好\n王芳\n行政经理\n电话：010-5550100\n地址：北京市海淀区某路 1 号',
    meant: '桌子什么时候到？',
  },
  { name: '此致敬礼', raw: '请寄一份说明书。\n\n此致\n敬礼！\n王芳', meant: '请寄一份说明书。' },
  { name: '谢谢保留，落款去掉', raw: '师傅很专业。\n谢谢！\n王芳', meant: '师傅很专业。\n谢谢！' },
  { name: '发自手机', raw: '开不了机！\n\n发自我的iPhone', meant: '开不了机！' },
  { name: '從手機傳送', raw: '打不開。\n\n從我的 iPhone 傳送', meant: '打不開。' },
  {
    name: '保密声明',
    raw: '请退款。\n\n本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人。\n如果您错误地收到了本邮件，请立即删除。',
    meant: '请退款。',
  },
  {
    name: '带标签和跟踪图片的 HTML',
    raw: '<div>灯一直闪。<br>已经第三次了。</div><img src="https://track.example.test/x.gif"><div>------------------&nbsp;原始邮件&nbsp;------------------</div><div>发件人: 客服</div>',
    meant: '灯一直闪。\n已经第三次了。',
  },
  { name: '回复的主题', raw: '回复：答复：椅子坏了\n一坐就响。', meant: '椅子坏了\n一坐就响。' },
  {
    name: '退订的请求不是退订链接',
    raw: '请帮我退订所有邮件。\n\n如需退订，请点击此处退订',
    meant: '请帮我退订所有邮件。',
  },
  { name: '零宽字符', raw: '开\u200b不\u200b了\ufeff机', meant: '开不了机' },
];

export const MIXED: readonly Arrived[] = [
  {
    name: '中英混写加英文引用',
    raw: '这个 dashboard 打不开，please check。\n\nOn Mon, Mar 2, 2026 at 10:21 AM Support <help@shop.example.test> wrote:\n> Try again.',
    meant: '这个 dashboard 打不开，please check。',
  },
  {
    name: 'English with a Chinese header block',
    raw: 'Refund me today.\n\n发件人：客服\n发送时间：2026年3月2日\n收件人：Ana\n\n您好',
    meant: 'Refund me today.',
  },
];
