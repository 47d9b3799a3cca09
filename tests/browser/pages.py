"""Every public page, and the states that look different, by a short name."""

PAGES = {
    "home": "/",
    "products": "/productos/",
    "products-filtered": "/productos/?categoria=frutas&viene=1&pagina=2",
    "products-none": "/productos/?q=nada-de-esto&estado=quizas",
    "product-drawn": "/productos/palta-fuerte/",
    "product-lettered": "/productos/chuno/",
    "season": "/temporada/junio/",
    "calendar": "/calendario/",
    "producers": "/productores/",
    "producers-none": "/productores/?q=nada-de-esto",
    "producer": "/productores/pinal-cerro-sombrero/",
    "regions": "/regiones/",
    "region": "/regiones/puno/",
    "region-empty": "/regiones/tumbes/",
    "search": "/buscar/",
    "search-found": "/buscar/?q=camu",
    "search-none": "/buscar/?q=nada-de-esto",
    "about": "/nosotros/",
    "404": "/nada-de-esto/",
}
