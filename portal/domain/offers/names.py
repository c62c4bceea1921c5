"""Countries and languages by their codes, as people read them; in the order of their names, everywhere first."""

_COUNTRIES = (
    "WW Everywhere|"
    "AF Afghanistan|AL Albania|DZ Algeria|AS American Samoa|AD Andorra|AO Angola|AI Anguilla|AQ Antarctica|"
    "AG Antigua and Barbuda|AR Argentina|AM Armenia|AW Aruba|AU Australia|AT Austria|AZ Azerbaijan|AX Åland Islands|"
    "BS Bahamas|BH Bahrain|BD Bangladesh|BB Barbados|BY Belarus|BE Belgium|BZ Belize|BJ Benin|BM Bermuda|BT Bhutan|"
    "BO Bolivia|BA Bosnia and Herzegovina|BW Botswana|BV Bouvet Island|BR Brazil|IO British Indian Ocean Territory|"
    "BN Brunei|BG Bulgaria|BF Burkina Faso|BI Burundi|KH Cambodia|CM Cameroon|CA Canada|CV Cape Verde|"
    "BQ Caribbean Netherlands|KY Cayman Islands|CF Central African Republic|TD Chad|CL Chile|CN China|"
    "CX Christmas Island|CC Cocos (Keeling) Islands|CO Colombia|KM Comoros|CD Congo (Democratic Republic)|"
    "CG Congo (Republic)|CK Cook Islands|CR Costa Rica|CI Côte d'Ivoire|HR Croatia|CU Cuba|CW Curaçao|CY Cyprus|"
    "CZ Czech Republic|DK Denmark|DJ Djibouti|DM Dominica|DO Dominican Republic|TL East Timor|EC Ecuador|EG Egypt|"
    "SV El Salvador|GQ Equatorial Guinea|ER Eritrea|EE Estonia|SZ Eswatini|ET Ethiopia|FK Falkland Islands|"
    "FO Faroe Islands|FJ Fiji|FI Finland|FR France|GF French Guiana|PF French Polynesia|"
    "TF French Southern Territories|GA Gabon|GM Gambia|GE Georgia|DE Germany|GH Ghana|GI Gibraltar|GR Greece|"
    "GL Greenland|GD Grenada|GP Guadeloupe|GU Guam|GT Guatemala|GG Guernsey|GN Guinea|GW Guinea-Bissau|GY Guyana|"
    "HT Haiti|HM Heard Island and McDonald Islands|HN Honduras|HK Hong Kong|HU Hungary|IS Iceland|IN India|"
    "ID Indonesia|IR Iran|IQ Iraq|IE Ireland|IM Isle of Man|IL Israel|IT Italy|JM Jamaica|JP Japan|JE Jersey|"
    "JO Jordan|KZ Kazakhstan|KE Kenya|KI Kiribati|KW Kuwait|KG Kyrgyzstan|LA Laos|LV Latvia|LB Lebanon|LS Lesotho|"
    "LR Liberia|LY Libya|LI Liechtenstein|LT Lithuania|LU Luxembourg|MO Macau|MG Madagascar|MW Malawi|MY Malaysia|"
    "MV Maldives|ML Mali|MT Malta|MH Marshall Islands|MQ Martinique|MR Mauritania|MU Mauritius|YT Mayotte|MX Mexico|"
    "FM Micronesia|MD Moldova|MC Monaco|MN Mongolia|ME Montenegro|MS Montserrat|MA Morocco|MZ Mozambique|MM Myanmar|"
    "NA Namibia|NR Nauru|NP Nepal|NL Netherlands|NC New Caledonia|NZ New Zealand|NI Nicaragua|NE Niger|NG Nigeria|"
    "NU Niue|NF Norfolk Island|KP North Korea|MK North Macedonia|MP Northern Mariana Islands|NO Norway|OM Oman|"
    "PK Pakistan|PW Palau|PS Palestine|PA Panama|PG Papua New Guinea|PY Paraguay|PE Peru|PH Philippines|PN Pitcairn|"
    "PL Poland|PT Portugal|PR Puerto Rico|QA Qatar|RE Réunion|RO Romania|RU Russia|RW Rwanda|BL Saint Barthélemy|"
    "SH Saint Helena|KN Saint Kitts and Nevis|LC Saint Lucia|MF Saint Martin|PM Saint Pierre and Miquelon|"
    "VC Saint Vincent and the Grenadines|WS Samoa|SM San Marino|SA Saudi Arabia|ST São Tomé and Príncipe|SN Senegal|"
    "RS Serbia|SC Seychelles|SL Sierra Leone|SG Singapore|SX Sint Maarten|SK Slovakia|SI Slovenia|SB Solomon Islands|"
    "SO Somalia|ZA South Africa|GS South Georgia and the South Sandwich Islands|KR South Korea|SS South Sudan|"
    "ES Spain|LK Sri Lanka|SD Sudan|SR Suriname|SJ Svalbard and Jan Mayen|SE Sweden|CH Switzerland|SY Syria|"
    "TW Taiwan|TJ Tajikistan|TZ Tanzania|TH Thailand|TG Togo|TK Tokelau|TO Tonga|TT Trinidad and Tobago|TN Tunisia|"
    "TR Turkey|TM Turkmenistan|TC Turks and Caicos Islands|TV Tuvalu|UM US minor outlying islands|UG Uganda|"
    "UA Ukraine|AE United Arab Emirates|GB United Kingdom|US United States|UY Uruguay|UZ Uzbekistan|VU Vanuatu|"
    "VA Vatican City|VE Venezuela|VN Vietnam|VG Virgin Islands (British)|VI Virgin Islands (US)|WF Wallis and Futuna|"
    "EH Western Sahara|YE Yemen|ZM Zambia|ZW Zimbabwe"
)
_LANGUAGES = (
    "AB Abkhazian|AA Afar|AF Afrikaans|AK Akan|SQ Albanian|AM Amharic|AR Arabic|AN Aragonese|HY Armenian|AS Assamese|"
    "AV Avaric|AE Avestan|AY Aymara|AZ Azerbaijani|BM Bambara|BA Bashkir|EU Basque|BE Belarusian|BN Bengali|"
    "BH Bihari|BI Bislama|BS Bosnian|BR Breton|BG Bulgarian|MY Burmese|CA Catalan|CH Chamorro|CE Chechen|NY Chichewa|"
    "ZH Chinese|CU Church Slavonic|CV Chuvash|KW Cornish|CO Corsican|CR Cree|HR Croatian|CS Czech|DA Danish|NL Dutch|"
    "DZ Dzongkha|EN English|EO Esperanto|ET Estonian|EE Ewe|FO Faroese|FJ Fijian|FI Finnish|FR French|FF Fulah|"
    "GL Galician|LG Ganda|KA Georgian|DE German|EL Greek|KL Greenlandic|GN Guarani|GU Gujarati|HT Haitian Creole|"
    "HA Hausa|HE Hebrew|HZ Herero|HI Hindi|HO Hiri Motu|HU Hungarian|IS Icelandic|IO Ido|IG Igbo|ID Indonesian|"
    "IA Interlingua|IE Interlingue|IU Inuktitut|IK Inupiaq|GA Irish|IT Italian|JA Japanese|JV Javanese|KN Kannada|"
    "KR Kanuri|KS Kashmiri|KK Kazakh|KM Khmer|KI Kikuyu|RW Kinyarwanda|KV Komi|KG Kongo|KO Korean|KJ Kuanyama|"
    "KU Kurdish|KY Kyrgyz|LO Lao|LA Latin|LV Latvian|LI Limburgish|LN Lingala|LT Lithuanian|LU Luba-Katanga|"
    "LB Luxembourgish|MK Macedonian|MG Malagasy|MS Malay|ML Malayalam|DV Maldivian|MT Maltese|GV Manx|MR Marathi|"
    "MH Marshallese|MN Mongolian|MI Māori|NA Nauruan|NV Navajo|NG Ndonga|NE Nepali|ND North Ndebele|SE Northern Sami|"
    "NO Norwegian|NB Norwegian Bokmål|NN Norwegian Nynorsk|OC Occitan|OR Odia|OJ Ojibwe|OM Oromo|OS Ossetian|PI Pali|"
    "PS Pashto|FA Persian|PL Polish|PT Portuguese|PA Punjabi|QU Quechua|RO Romanian|RM Romansh|RN Rundi|RU Russian|"
    "SM Samoan|SG Sango|SA Sanskrit|SC Sardinian|GD Scottish Gaelic|SR Serbian|SN Shona|II Sichuan Yi|SD Sindhi|"
    "SI Sinhala|SK Slovak|SL Slovenian|SO Somali|NR South Ndebele|ST Southern Sotho|ES Spanish|SU Sundanese|"
    "SW Swahili|SS Swati|SV Swedish|TL Tagalog|TY Tahitian|TG Tajik|TA Tamil|TT Tatar|TE Telugu|TH Thai|BO Tibetan|"
    "TI Tigrinya|TO Tongan|TS Tsonga|TN Tswana|TR Turkish|TK Turkmen|TW Twi|UK Ukrainian|UR Urdu|UG Uyghur|UZ Uzbek|"
    "VE Venda|VI Vietnamese|VO Volapük|WA Walloon|CY Welsh|FY Western Frisian|WO Wolof|XH Xhosa|YI Yiddish|YO Yoruba|"
    "ZA Zhuang|ZU Zulu"
)


def _by_code(text: str) -> dict[str, str]:
    return dict(pair.split(" ", 1) for pair in text.split("|"))


COUNTRY_NAMES = _by_code(_COUNTRIES)
LANGUAGE_NAMES = _by_code(_LANGUAGES)
