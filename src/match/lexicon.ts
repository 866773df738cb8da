/** Words around names, as people in Indonesian (and other) webinars type them. Lower case, without dots. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Titles that stand before a name. First names (Andi, Made, Putra, Raden) are not among them. */
export const frontTitles = words(`
  prof profesor professor dr drs dra drg drh ir h hj haji hajjah kh k.h ust ustad ustadz ustadzah apt ns bdn tn ny nn
  bapak bpk pak ibu bu sdr sdri mr mrs ms miss mx
`);

/** Degrees, dots left out: recognised behind a name even where the comma was forgotten. */
export const degrees = words(`
  se sh st sp spd spdi spdsd sag si sip siptek sik ssi ssos ssn ss skom skep skm sked skg ssit sst stp stt stp sap sak sars
  sei sfarm sgz shi shum sikom simp ski skh skpm smn spi spsi spt sptk sstp str strkeb strkep strkes strsos sth sthi su
  amd amdkeb amdkep amdkes amdkom amkg amg amk ama apd
  ma mm mt mh mhum mkn mkom mkes mkep mkeb mkm mph mpd mpdi mpa mpp mpar mpsi msi msc mse msn msos mstat mtp map mak mag mars
  map mba mba med meng metrop mev mfarm mgizi mhi mhkes mik mikom mip mkb mked mkpd mli mma mmt mpsdm mrkes mtr mtrap
  phd dba edd lcm lcpa ca cpa ipu ipm bdn cssa cgcae qia crma cpns cfp cfe cht cgaa ak bkp ba bsc bba bed beng bcom llb llm mbbs
  sps spog spok span spa spb spkk spkj spm sppd sprad spjp spthtkl sppa ners apt
`);

/** Degrees that are also names that people bear (Jack Ma, Petrus Ama, Ani Su): only their dots or a comma tell. */
export const alsoNames = words("ma ba su ama ca sei man ali");

/** Words that name a device or nobody at all. */
export const deviceWords = words(`
  iphone ipad ipod galaxy samsung oppo vivo xiaomi redmi poco realme infinix tecno itel huawei asus zenfone lenovo acer
  advan evercoss nokia xperia motorola oneplus nexus pixel android ios macbook imac laptop notebook komputer computer
  pc desktop hp handphone ponsel smartphone phone tablet tab device perangkat zoom user pengguna guest tamu participant
  peserta anonymous anonim admin operator host unknown webinar meeting windows benutzer usuario
`);

/** Words that only make sense beside one of the above. */
export const deviceModels = words(
  `sony note pro max plus ultra lite prime mini air se fe 5g 4g sm ex milik punya of the s my`,
);

/** Words that show that a part of a display name is an institution. */
export const institutionWords = words(`
  bpsdm bkd bkpsdm bkpp bkn lan dinas dinkes disdik diskominfo dishub dispendik dinsos dpmptsp dprd kec kecamatan kel kelurahan kab
  kabupaten kota prov provinsi badan rsud rsu rsup rs rsia puskesmas pkm sd sdn sdit smp smpn sma sman smk smkn mts mtsn man min tk
  uptd upt bappeda bapenda bpbd bpkad kementerian kemenkes kemendagri kemenag kemenkeu universitas univ politeknik poltek stikes
  institut institute university pemkab pemkot pemprov pemda setda sekretariat inspektorat satpol desa kantor biro bidang balai polres polda
  kodim korem iai idi ppni ibi iski pt cv ud yayasan klinik apotek bank dept department hospital school ministry office city
`);
