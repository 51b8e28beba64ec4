import type { NextStep, ReasonCode } from './reasons.ts';

export type Language = 'zh-CN' | 'en';
/** `person`: on the public screen, calm and without blame. `clerk`: for staff, precise. */
export type Audience = 'person' | 'clerk';
type Texts = Readonly<Record<Language, Readonly<Record<Audience, string>>>>;

const text = (zhPerson: string, zhClerk: string, enPerson: string, enClerk: string): Texts => ({
  'zh-CN': { person: zhPerson, clerk: zhClerk },
  en: { person: enPerson, clerk: enClerk },
});

/** What happened, for every reason. */
const REASON_TEXTS: Readonly<Record<ReasonCode, Texts>> = {
  'ok.matched': text(
    '核验通过。',
    '真人在场，与证件照片一致。',
    'You have been verified.',
    'A living person, and the face matches the card portrait.',
  ),
  'liveness.code-mismatch': text(
    '没有看清镜头前的真人。',
    '面部没有反射本次屏幕光线，疑似翻拍视频或照片。',
    'The camera could not tell that a person is here.',
    'The face did not reflect this screen’s colours: probably a replayed video or a picture.',
  ),
  'liveness.spoof-suspected': text(
    '没有看清镜头前的真人。',
    '防伪模型判断画面像照片、屏幕或面具。',
    'The camera could not tell that a person is here.',
    'The anti-spoof model sees a print, a screen or a mask.',
  ),
  'liveness.late-response': text(
    '没有看清镜头前的真人。',
    '光线反应来得太晚，疑似视频注入或转播。',
    'The camera could not tell that a person is here.',
    'The light came back too late: the video may be injected or relayed.',
  ),
  'liveness.flat-response': text(
    '没有看清镜头前的真人。',
    '面部对光的反应像平面，疑似照片、屏幕或面具。',
    'The camera could not tell that a person is here.',
    'The face answered the light like a flat surface: a photo, a screen or a mask is suspected.',
  ),
  'liveness.still-picture': text(
    '没有看清镜头前的真人。',
    '画面没有活人应有的细微动作，疑似静止图像。',
    'The camera could not tell that a person is here.',
    'The picture lacks the small movements of a living person: a still image is suspected.',
  ),
  'liveness.wrong-action': text(
    '没有看清您的动作。',
    '做出的动作与提示不符，或不是真人头部的动作。',
    'Your movements could not be confirmed.',
    "The movements didn't match the prompts, or weren't those of a real head.",
  ),
  'liveness.wrong-digits': text(
    '没有听清您读的数字。',
    '读出的数字与屏幕显示的不符。',
    'The digits could not be confirmed.',
    "The digits read aloud weren't those on the screen.",
  ),
  'liveness.not-in-sync': text(
    '没有听清您读的数字。',
    '声音与口型对不上，疑似配音或重放。',
    'The digits could not be confirmed.',
    "The voice and the lips didn't go together: dubbing or a replay is suspected.",
  ),
  'liveness.face-swapped': text(
    '核验途中镜头前换了人。',
    '同一次核验的画面中出现了不同的人脸。',
    'Somebody else came in front of the camera.',
    'The frames of this attempt show different faces.',
  ),
  'face.low-similarity': text(
    '镜头前的人与证件照片不一致。',
    '现场人脸与芯片照片的相似度低于本场景的阈值。',
    'The person here does not match the card’s photo.',
    'The live face is below this scene’s threshold against the chip portrait.',
  ),
  'face.grey-band': text(
    '证件照片需要工作人员看一下。',
    '相似度处于灰区，请人工比对现场人脸与证件照片。',
    'A member of staff needs to look at the card’s photo.',
    'The similarity is in the grey band: compare the person with the card by eye.',
  ),
  'document.photo-not-decoded': text(
    '这张证件的照片要由工作人员核对。',
    '芯片照片未能解码（需要读卡器厂商的解码库），请人工比对。',
    'Staff need to check the photo on this card.',
    'The chip portrait was not decoded (it needs the reader vendor’s library): compare by eye.',
  ),
  'document.no-face': text(
    '证件照片需要工作人员看一下。',
    '证件照片中没有找到人脸，请人工比对。',
    'A member of staff needs to look at the card’s photo.',
    'No face was found in the card portrait: compare by eye.',
  ),
  'document.expired': text(
    '证件已过有效期，请工作人员协助。',
    '证件已过有效期；其余检查已完成，请人工决定。',
    'The card has expired; staff will help you.',
    'The card has expired; the other checks are complete and the decision is yours.',
  ),
  'document.not-yet-valid': text(
    '证件尚未生效，请工作人员协助。',
    '证件有效期尚未开始；请检查本机日期并人工决定。',
    'The card is not valid yet; staff will help you.',
    'The card’s validity has not begun: check this machine’s date, then decide.',
  ),
  'document.number-invalid': text(
    '证件号码需要工作人员核对。',
    '证件号码的校验位或出生日期不符，可能是问题证件。',
    'Staff need to check the card’s number.',
    'The number’s check digit or birth date does not fit: the card may not be genuine.',
  ),
  'document.guardian-needed': text(
    '未满十四周岁，需要监护人陪同办理。',
    '持证人未满 14 周岁：须监护人同意，未采集人脸。',
    'Under fourteen: a guardian has to come along.',
    'The holder is under 14: a guardian’s consent is needed; no face was captured.',
  ),
  'document.typed': text(
    '证件号码是手动输入的，需要工作人员核对证件。',
    '姓名和号码为手动输入，未读芯片：请核对证件原件与本人，或经权威库比对。',
    'The number was typed in, so staff need to see the card.',
    'Name and number were typed, no chip was read: check the card against the person, or have an authority compare.',
  ),
  'document.printed-portrait': text(
    '使用了证件上印刷的照片，需要工作人员核对证件。',
    '人脸是与证件表面的印刷照片比对的，照片可能被替换：请核对证件原件。',
    'The printed photo of the card was used, so staff need to see the card.',
    'The face was compared with the photo printed on the card, which can be replaced: check the card itself.',
  ),
  'user.other-method': text(
    '已为您转到其他方式。',
    '本人选择了其他核验方式。',
    'You have chosen another way.',
    'The person chose another way of verification.',
  ),
  'user.refused-consent': text(
    '您没有同意刷脸，可以用其他方式办理。',
    '本人不同意采集人脸；本次业务不得再次询问。',
    'You did not agree to face capture; there is another way.',
    'The person refused face capture; do not ask again for this business.',
  ),
  'user.cancelled': text('已取消。', '本人取消了核验。', 'Cancelled.', 'The person cancelled.'),
  'user.timed-out': text(
    '等待时间较长，已自动结束。',
    '长时间无人操作，已自动结束并清除。',
    'It took too long and was ended.',
    'Nobody acted for a while; it was ended and wiped.',
  ),
  'card.left-on-reader': text(
    '刚才的卡片还在读卡器上。',
    '上一张卡片仍在读卡器上：拿起后才能再读。',
    'The last card is still on the reader.',
    'The card of the last read still lies on the reader: it has to be lifted first.',
  ),
  'card.pulled': text(
    '卡片离开得太早。',
    '读卡途中卡片被移开：请重新平放，读完再拿走。',
    'The card was lifted too early.',
    'The card left the reader during the read: lay it flat again until it is read.',
  ),
  'card.read-failed': text(
    '刚才没有读到卡片。',
    '卡片读取失败：移开后重新放置，或清洁卡面。',
    'The card was not read.',
    'The card could not be read: lift it, place it again, or clean it.',
  ),
  'card.select-failed': text(
    '没有读到，可能放了不止一张卡。',
    '选卡失败：卡片可能在移动，或叠放了两张（如带卡套、手机壳）。',
    'Not read: there may be more than one card.',
    'The card could not be selected: it may be moving, or two cards lie on the reader (a wallet or a phone case counts).',
  ),
  'card.refused': text(
    '这张证件没有通过读卡器的检查。',
    '卡片与安全模块的相互认证失败：可能损坏或不是真证件。',
    'This card did not pass the reader’s check.',
    'The card and the security module did not authenticate each other: damaged, or not genuine.',
  ),
  'card.unknown-kind': text(
    '这张卡不是这里能读的身份证件。',
    '卡片类型不明，不是居民身份证、居住证或外国人永居证。',
    'This is not an ID card that can be read here.',
    'Unknown kind of card: not a resident, HMT permit or foreigner permanent resident card.',
  ),
  'card.malformed': text(
    '刚才读到的信息不完整。',
    '卡片内容不符合规范，未采用：请再读一次，仍如此请核对证件原件。',
    'What was read was not complete.',
    'The card’s content does not follow its layout and was not used: read it again; if it stays, examine the card itself.',
  ),
  'card.swapped': text(
    '办理过程中换了证件。',
    '读卡后读卡器上换成了另一张卡：本次核验作废，请重新开始。',
    'The card was exchanged on the way.',
    'Another card took the place of the one that was read: this certification is void, start again.',
  ),
  'reader.missing': text(
    '读卡器没有连接。',
    '找不到读卡器：检查线缆、电源与连接设置。',
    'The card reader is not connected.',
    'No card reader was found: check its cable, its power and the connection setting.',
  ),
  'reader.no-answer': text(
    '读卡器没有回应。',
    '读卡器没有回应：检查电源、波特率与线缆。',
    'The card reader does not answer.',
    'The card reader does not answer: check power, baud rate and cable.',
  ),
  'reader.bad-frame': text(
    '读卡器没有正常回应。',
    '读卡器返回的数据校验失败：检查线缆与波特率。',
    'The card reader did not answer properly.',
    'The card reader’s frames fail their checks: check cable and baud rate.',
  ),
  'reader.fault': text(
    '读卡器发生故障。',
    '读卡器报告故障：断电重启一次，仍如此请更换或送修。',
    'The card reader is out of order.',
    'The reader reports a fault: power it off and on; if it stays, replace it or have it repaired.',
  ),
  'reader.crashed': text(
    '读卡器刚刚重新启动了。',
    '读卡进程意外结束，已自动重启：可以再试一次。',
    'The card reader has just started again.',
    'The device process ended unexpectedly and was restarted: try again.',
  ),
  'reader.port-busy': text(
    '读卡器正在被占用。',
    '端口被其他程序占用：关闭其他读卡软件或其后台服务后重试。',
    'The card reader is in use elsewhere.',
    'Another program holds the port: close other card software, also what runs in the background, and try again.',
  ),
  'reader.not-permitted': text(
    '读卡器还不能使用。',
    '当前账户无权使用该端口：按安装说明配置 udev 规则或加入 dialout 组后重新登录。',
    'The card reader can not be used yet.',
    'This account may not use the port: install the udev rules or join the dialout group, then sign in anew.',
  ),
  'reader.driver-missing': text(
    '读卡器还没有安装好。',
    '系统能看到读卡器，但没有可用的驱动：Windows 请安装 WinUSB 或厂商驱动（见安装说明）。',
    'The card reader is not set up yet.',
    'The system sees the reader, but no usable driver: on Windows install WinUSB or the vendor’s driver (see the setup notes).',
  ),
  'reader.wrong-speed': text(
    '读卡器没有回应。',
    '端口有数据但波特率不对：改为“自动”，或设为读卡器的波特率。',
    'The card reader does not answer.',
    'Something answers at another line speed: set the speed to automatic, or to the reader’s own.',
  ),
  'reader.several': text(
    '连接了多个读卡器。',
    '检测到多个读卡器：拔掉多余的，或在设备页指定要用的一个。',
    'More than one card reader is connected.',
    'More than one reader was found: unplug the others, or choose one on the device page.',
  ),
  'reader.other-device': text(
    '读卡器被更换过。',
    '该端口上的设备不是所选的读卡器：换回原来的，或在设备页重新选择。',
    'The card reader has been exchanged.',
    'The device at this port is not the reader that was chosen: put the old one back, or choose anew on the device page.',
  ),
  'reader.not-authorised': text(
    '读卡器不能使用。',
    '安全模块未授权（状态 66）：请联系读卡器厂商，更换已授权的设备。',
    'The card reader can not be used.',
    'The security module is not authorised (status 66): have the vendor replace the reader.',
  ),
  'reader.self-test-failed': text(
    '读卡器不能使用。',
    '安全模块自检失败（状态 60）：断电重启读卡器，仍失败则送修。',
    'The card reader can not be used.',
    'The security module failed its self-test (status 60): power the reader off and on; if it stays, have it repaired.',
  ),
  'reader.service-missing': text(
    '读卡器没有连接。',
    '厂商读卡服务没有运行：启动该服务（或重装厂商控件）后重试。',
    'The card reader is not connected.',
    'The vendor’s reader service does not run: start it, or install it again, and retry.',
  ),
  'reader.service-malformed': text(
    '读卡器没有正常回应。',
    '厂商读卡服务的应答无法识别，可能版本不符：核对服务类型与版本。',
    'The card reader did not answer properly.',
    'The vendor’s reader service answers in a way that is not understood, perhaps of another version: check its kind and version.',
  ),
  'reader.service-slow': text(
    '读卡器没有回应。',
    '厂商读卡服务没有按时应答：重启该服务，并检查读卡器连接。',
    'The card reader does not answer.',
    'The vendor’s reader service did not answer in time: restart it and check the reader behind it.',
  ),
  'reader.service-refused': text(
    '读卡器没有准备好。',
    '厂商读卡服务报告错误：检查服务背后的读卡器是否接好。',
    'The card reader is not ready.',
    'The vendor’s reader service reports an error: check the reader behind it.',
  ),
  'decoder.none': text(
    '无法读取证件芯片里的照片。',
    '没有安装照片解码库：可在设备页设置厂商解码库，或改用证件表面照片。',
    'The photo in the card’s chip can not be read.',
    'No photo decoder is installed: set up the vendor’s library on the device page, or use the printed photo.',
  ),
  'decoder.missing': text(
    '无法读取证件芯片里的照片。',
    '找不到照片解码库文件，或缺少它依赖的文件：核对路径。',
    'The photo in the card’s chip can not be read.',
    'The photo library, or a file that it depends on, is not there: check the path.',
  ),
  'decoder.wrong-bitness': text(
    '无法读取证件芯片里的照片。',
    '照片解码库的位数或处理器架构与本程序不同：使用对应版本，或设置辅助程序。',
    'The photo in the card’s chip can not be read.',
    'The photo library has another word size or processor than this program: use a fitting one, or set the helper program.',
  ),
  'decoder.unfit': text(
    '无法读取证件芯片里的照片。',
    '照片解码库里没有所设置的函数：核对库的种类。',
    'The photo in the card’s chip can not be read.',
    'The photo library does not have the function that was set: check its kind.',
  ),
  'decoder.unlicensed': text(
    '无法读取证件芯片里的照片。',
    '照片解码库未授权（如缺少 license.dat 或与设备不匹配）：请联系厂商。',
    'The photo in the card’s chip can not be read.',
    'The photo library is not licensed (license.dat missing, or for another device): ask the vendor.',
  ),
  'decoder.crashed': text(
    '无法读取证件芯片里的照片。',
    '照片解码库崩溃：已隔离，不影响其他功能；请更换版本。',
    'The photo in the card’s chip can not be read.',
    'The photo library crashed; it runs apart, so nothing else is affected. Use another version of it.',
  ),
  'decoder.timed-out': text(
    '无法读取证件芯片里的照片。',
    '照片解码库超时无应答，已终止：请更换版本或联系厂商。',
    'The photo in the card’s chip can not be read.',
    'The photo library did not return in time and was ended: use another version, or ask the vendor.',
  ),
  'decoder.refused-photo': text(
    '无法读取证件芯片里的照片。',
    '照片解码库不能解码这张卡的照片：请人工核对照片。',
    'The photo in the card’s chip can not be read.',
    'The photo library can not decode this card’s photo: compare by eye.',
  ),
  'decoder.implausible': text(
    '无法读取证件芯片里的照片。',
    '解码结果不像人像：核对通道顺序、行顺序和厂商代码。',
    'The photo in the card’s chip can not be read.',
    'What was decoded does not look like a portrait: check the order of colours and rows, and the vendor’s code.',
  ),
  'camera.missing': text(
    '没有找到摄像头。',
    '没有找到摄像头：检查线缆，或在管理窗口重新选择。',
    'No camera was found.',
    'No camera was found: check the cable or choose one in the admin window.',
  ),
  'camera.denied': text(
    '摄像头不能使用。',
    '系统不允许使用摄像头：检查隐私设置。',
    'The camera may not be used.',
    'The operating system denies the camera: check its privacy settings.',
  ),
  'camera.in-use': text(
    '摄像头正被其他程序使用。',
    '摄像头被其他程序占用：请关闭该程序。',
    'Another program is using the camera.',
    'Another program holds the camera: close it.',
  ),
  'camera.lost': text(
    '摄像头断开了，这次不算失败。',
    '核验途中摄像头断开：检查线缆。',
    'The camera was disconnected; this does not count against you.',
    'The camera disappeared during the attempt: check its cable.',
  ),
  'camera.frozen': text(
    '摄像头画面停住了，这次不算失败。',
    '摄像头不再送来新画面：重新插拔。',
    'The camera’s picture froze; this does not count against you.',
    'The camera sends no new frames: plug it in again.',
  ),
  'camera.too-slow': text(
    '摄像头画面太慢，这次不算失败。',
    '帧率低于每秒 15 帧：增加照明或更换摄像头。',
    'The camera was too slow; this does not count against you.',
    'Fewer than 15 frames a second: add light or change the camera.',
  ),
  'camera.virtual': text(
    '这个摄像头不能用于核验。',
    '检测到虚拟摄像头，已拒绝；请检查本机是否被改动。',
    'This camera can not be used here.',
    'A virtual camera was refused: check this machine for tampering.',
  ),
  'camera.changed': text(
    '这台设备暂时不能核验。',
    '摄像头与已登记的不是同一台：请在设备页确认后重新登记。',
    'This device can not verify at the moment.',
    "The camera isn't the one that was pinned: check it and pin it again on the device page.",
  ),
  'camera.not-following': text(
    '摄像头没有正常工作。',
    '摄像头画面没有随曝光指令变化，疑似注入的视频：请检查本机和摄像头连线。',
    "The camera doesn't work as it should.",
    "The picture didn't follow a change of exposure: it may be injected. Check this machine and the camera's cable.",
  ),
  'microphone.missing': text(
    '没有找到麦克风。',
    '没有麦克风：请连接后重试，或改用其他活体方式。',
    'No microphone was found.',
    'There is no microphone: connect one, or choose another liveness mode for the scene.',
  ),
  'microphone.denied': text(
    '麦克风不可用。',
    '系统不允许使用麦克风：请在系统设置中允许。',
    'The microphone can not be used.',
    'The system refuses the microphone: allow it in the system settings.',
  ),
  'capture.no-face': text('没有看到您的脸。', '画面中没有人脸。', 'Your face was not seen.', 'No face in the picture.'),
  'capture.several-faces': text(
    '镜头前有不止一个人。',
    '画面中有多张人脸，请其他人退后。',
    'There was more than one person.',
    'Several faces in the picture: ask the others to step back.',
  ),
  'capture.face-left': text(
    '您离开了镜头。',
    '光线检测途中人脸离开画面。',
    'Your face left the picture.',
    'The face left the picture during the light check.',
  ),
  'capture.too-few-frames': text(
    '没有拍到足够的画面。',
    '有效画面不足，无法判断。',
    'Too few pictures were taken.',
    'Too few usable frames to decide.',
  ),
  'capture.too-bright': text(
    '这里的光线太亮。',
    '环境光过强，光线检测无法判断：请遮挡强光。',
    'It is too bright here.',
    'Too much ambient light for the light check: shade the kiosk.',
  ),
  'capture.too-dark': text(
    '这里的光线太暗。',
    '环境光过暗：请开灯。',
    'It is too dark here.',
    'Too dark to decide: switch a light on.',
  ),
  'capture.no-speech': text(
    '没有听到您的声音。',
    '没有检测到语音：环境太吵、声音太小或麦克风静音。',
    'Your voice was not heard.',
    'No speech was found: too much noise, too low a voice, or a muted microphone.',
  ),
  'capture.clip-unavailable': text(
    '这台机器无法录制视频。',
    '无法生成 MP4（H.264）视频：本机没有可用的编码器，或内容不符合接收方的要求。',
    'This machine cannot record a clip.',
    'No MP4 (H.264) clip could be made: this machine has no encoder for it, or it does not fit its receiver.',
  ),
  'capture.action-not-done': text(
    '还没有看到提示的动作。',
    '在规定时间内没有完成提示的动作。',
    'The movement was not seen in time.',
    'A prompted movement was not completed in time.',
  ),
  'speech.unavailable': text(
    '这里不能用读数字的方式。',
    '没有安装语音识别模型，核验服务也不识别语音：请安装模型或改用其他活体方式。',
    'Reading digits aloud is not available here.',
    'No speech model is installed and the verifier recognises no speech: install one, or choose another mode.',
  ),
  'challenge.expired': text(
    '检测超时，请再试一次。',
    '光线检测没有在有效时间内完成。',
    'The check took too long; please try again.',
    'The challenge was not answered before it expired.',
  ),
  'challenge.replayed': text(
    '检测没有完成，请再试一次。',
    '收到的结果不属于本次检测，已拒绝。',
    'The check was not completed; please try again.',
    'The answer belongs to another challenge and was refused.',
  ),
  'challenge.incomplete': text(
    '检测没有完成，请再试一次。',
    '光线检测没有完整播放。',
    'The check was not completed; please try again.',
    'The challenge was not shown to its end.',
  ),
  'inference.unavailable': text(
    '设备还在准备，请稍后再试。',
    '识别模型尚未就绪。',
    'The machine is still getting ready.',
    'The models are not ready.',
  ),
  'inference.crashed': text(
    '识别程序重新启动了，这次不算失败。',
    '识别进程意外结束，已自动重启。',
    'The program was restarted; this does not count against you.',
    'The inference process ended unexpectedly and was restarted.',
  ),
  'inference.model-refused': text(
    '设备需要维护。',
    '模型文件缺失或校验不符，已拒绝加载：请重新安装。',
    'The machine needs maintenance.',
    'A model file is missing or differs from the manifest and was refused: install it again.',
  ),
  'inference.image-invalid': text(
    '没有拍到清楚的画面，请再试一次。',
    '画面无法解码。',
    'The picture was unreadable; please try again.',
    'The picture could not be decoded.',
  ),
  'store.unavailable': text(
    '暂时不能保存记录。',
    '记录库无法写入：检查磁盘与权限。未显示任何结果。',
    'Records can not be kept right now.',
    'The record store can not be written: check disk and permissions. No result was shown.',
  ),
  'store.full': text(
    '暂时不能保存记录。',
    '磁盘已满，无法保存记录：请清理磁盘。未显示任何结果。',
    'Records can not be kept right now.',
    'The disk is full: make room. No result was shown.',
  ),
  'store.wrong-key': text(
    '设备需要维护。',
    '记录库的密钥不符：请恢复原密钥文件，不要删除记录库。',
    'The machine needs maintenance.',
    'The key does not open the record store: restore the original key; do not delete the store.',
  ),
  'store.corrupt': text(
    '设备需要维护。',
    '记录库已损坏：请联系管理员恢复，不要删除。',
    'The machine needs maintenance.',
    'The record store is damaged: have it recovered; do not delete it.',
  ),
  'verifier.unreachable': text(
    '暂时无法联网。',
    '连不上核验服务：检查网络与地址。记录已保存，稍后自动发送。',
    'There is no connection right now.',
    'The verifier can not be reached: check network and address. Records are kept and sent later.',
  ),
  'verifier.malformed': text(
    '核验服务的回答有误。',
    '核验服务返回了无法识别的内容：检查地址与版本。',
    'The verifier’s answer was unreadable.',
    'The verifier answered with something else than the protocol: check address and version.',
  ),
  'verifier.bad-signature': text(
    '核验服务的回答不可信。',
    '核验服务的签名不符：可能被中间设备篡改，请勿继续。',
    'The verifier’s answer can not be trusted.',
    'The verifier’s signature does not fit: something in between may have changed it.',
  ),
  'verifier.refused': text(
    '核验服务没有接受。',
    '核验服务拒绝了请求：详见记录。',
    'The verifier did not accept it.',
    'The verifier refused the request: see its detail.',
  ),
  'verifier.not-enrolled': text(
    '本机尚未登记。',
    '本机尚未在核验服务登记：请在管理窗口登记。',
    'This machine is not enrolled.',
    'This machine is not enrolled at a verifier: enrol it in the admin window.',
  ),
  'verifier.clock-skew': text(
    '本机的时间不准。',
    '本机时间与核验服务相差过大：请校准时间。',
    'This machine’s clock is wrong.',
    'This machine’s clock is too far from the verifier’s: set it right.',
  ),
  'request.invalid': text(
    '操作没有完成。',
    '请求的内容不符合要求：见所示字段与限制。',
    'That did not work.',
    'The request does not fit: see the named field and its limit.',
  ),
  'internal.bug': text(
    '程序出错了，这次不算失败。',
    '程序错误：请把日志交给管理员。',
    'Something went wrong; this does not count against you.',
    'A fault in the program: give the log to the administrator.',
  ),
};

/** What to do next, for every next step. */
const NEXT_STEP_TEXTS: Readonly<Record<NextStep, Texts>> = {
  none: text('', '无需处理。', '', 'Nothing to do.'),
  retry: text(
    '请再试一次，或请工作人员协助。',
    '可以重试一次。',
    'Please try again, or ask staff for help.',
    'Try again.',
  ),
  'replace-card': text(
    '请把卡片拿起，再平放到读卡区。',
    '请把卡片拿起后重新平放。',
    'Lift the card and lay it flat on the reader.',
    'Lift the card and place it again.',
  ),
  'call-staff': text(
    '请到柜台，由工作人员协助您。',
    '请人工核对本人与证件后决定。',
    'Please ask at the counter; staff will help you.',
    'Check the person and the card yourself, then decide.',
  ),
  'other-method': text(
    '请到柜台，用其他方式办理。',
    '请用其他方式为其办理。',
    'Please ask at the counter for another way.',
    'Serve the person in another way.',
  ),
  'check-reader': text(
    '请工作人员检查读卡器。',
    '检查读卡器的线缆、电源与端口设置。',
    'Please ask staff to check the card reader.',
    'Check the reader’s cable, power and port setting.',
  ),
  'check-camera': text(
    '请工作人员检查摄像头。',
    '检查摄像头的线缆与设置。',
    'Please ask staff to check the camera.',
    'Check the camera’s cable and setting.',
  ),
  'check-network': text(
    '请稍后再试。',
    '检查网络与核验服务地址。',
    'Please try again later.',
    'Check the network and the verifier’s address.',
  ),
  'contact-administrator': text(
    '请到柜台办理。',
    '请联系管理员。',
    'Please ask at the counter.',
    'Contact the administrator.',
  ),
};

/** One sentence about what happened. */
export function reasonText(code: ReasonCode, language: Language, audience: Audience): string {
  return REASON_TEXTS[code][language][audience];
}

/** One sentence about what to do next; empty where there is nothing to do for a person. */
export function nextStepText(step: NextStep, language: Language, audience: Audience): string {
  return NEXT_STEP_TEXTS[step][language][audience];
}
