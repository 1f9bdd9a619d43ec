/** Frequent Chinese characters whose simplified and traditional forms differ. */

const PAIRS = `们們 这這 个個 来來 时時 说說 国國 对對 会會 为為 过過 还還 没沒 后後 发發 经經 样樣 动動 学學
问問 开開 关關 现現 实實 点點 电電 话話 请請 谢謝 给給 让讓 从從 进進 见見 觉覺 认認 识識 应應 该該 吗嗎 么麼
什甚 谁誰 里裡 边邊 头頭 长長 门門 间間 东東 车車 马馬 鱼魚 鸟鳥 风風 飞飛 书書 买買 卖賣 价價 钱錢 银銀 费費 账賬
单單 订訂 货貨 质質 产產 业業 务務 员員 级級 线線 网網 连連 载載 装裝 设設 备備 机機 码碼 页頁 误誤 错錯 坏壞
题題 烦煩 处處 难難 无無 虽雖 尽盡 变變 边邊 数數 据據 报報 导導 户戶 登登 录錄 权權 验驗 证證 系系 统統 资資
讯訊 软軟 体體 键鍵 盘盤 响響 应應 迟遲 卡卡 断斷 续續 恢恢 复復 极極 满滿 赞讚 爱愛 欢歡 乐樂 喜喜 优優 势勢
帮幫 谈談 议議 论論 论論 须須 预預 约約 确確 带帶 达達 运運 输輸 递遞 寄寄 签簽 收收 检檢 测測 试試 调調 节節
听聽 读讀 写寫 师師 总總 经經 决決 计計 划劃 团團 队隊 与與 两兩 几幾 万萬 亿億 岁歲 儿兒 妈媽 爷爺 当當 将將
严嚴 紧緊 压壓 环環 状狀 态態 选選 择擇 项項 标標 准準 维維 护護 换換 补補 偿償 赔賠 额額 贵貴 贱賤 购購 销銷
售售 广廣 告告 传傳 闻聞 记記 忆憶 声聲 语語 译譯 词詞 简簡 显顯 视視 频頻 图圖 画畫 颜顏 红紅 绿綠 蓝藍 黄黃
区區 县縣 乡鄉 镇鎮 楼樓 厅廳 层層 墙牆 热熱 凉涼 净淨 干乾 湿濕 轻輕 刚剛 终終 际際 际際 组組 织織 结結 构構
较較 够夠 随隨 适適 兴興 趣趣 顾顧 专專 诉訴 讲講 许許 详詳 细細 谅諒 档檔 号號 联聯 络絡 历歷 归歸 类類 键鍵 营營`;

const toSimplified = new Map<string, string>();
const simplifiedOnly = new Set<string>();
for (const pair of PAIRS.split(/\s+/)) {
  const [simple, traditional] = [...pair];
  if (simple === undefined || traditional === undefined || simple === traditional) continue;
  toSimplified.set(traditional, simple);
  simplifiedOnly.add(simple);
}

export const isTraditionalOnly = (character: string): boolean => toSimplified.has(character);
export const isSimplifiedOnly = (character: string): boolean => simplifiedOnly.has(character);

/** The text with frequent traditional characters in their simplified form, so both share features. */
export function foldTraditional(text: string): string {
  let folded = '';
  for (const character of text) folded += toSimplified.get(character) ?? character;
  return folded;
}
